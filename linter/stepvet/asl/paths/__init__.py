"""JSONPath in Jayway's dialect as AWS takes it: parsed with places, read and written. `asl.jsonpath` is the door."""
