"""What can be called through `arn:aws:states:::aws-sdk:…`: services, actions, and the types of requests and results.

`models.zip` is made from botocore's service models by `python -m stepvet.asl.services.sdk.generate` and holds one file
a service, so that a look-up reads what it needs and nothing more. `table` reads it, `naming` has the spelling,
`encode` the form. Where a newer botocore is installed than the one the file was made from, its models are taken.
"""

from stepvet.asl.services.sdk.table import Action, Service, sdk_service, sdk_services

__all__ = ["Action", "Service", "sdk_service", "sdk_services"]
