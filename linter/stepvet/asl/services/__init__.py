"""What a Task can call: resources, integrations, requests, results, errors, and the table of AWS's services."""
