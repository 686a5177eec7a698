"""What AWS asks for, in US dollars: its list prices of us-east-1, without any free tier unless a name says so.

They are those of AWS's public pricing pages as of `AS_OF`. Another region or day has others: whoever wants those changes
them here, and `python -m benchmarks.cost` works out the rest.
"""

AS_OF = "2026-11-30"
REGION = "us-east-1"
HOURS_A_MONTH = 730
SECONDS_A_MONTH = HOURS_A_MONTH * 3600
_MILLION = 1_000_000

# What a request costs.
#: On-demand tables, Standard class.
WRITE_UNIT = 0.625 / _MILLION
READ_UNIT = 0.125 / _MILLION
#: REST APIs, the first 333 million of a month.
GATEWAY_REQUEST = 3.50 / _MILLION
LAMBDA_REQUEST = 0.20 / _MILLION
#: On x86-64; on arm64 it is 0.8 of that.
LAMBDA_GB_SECOND = 0.0000166667
#: Standard queues: each send, receive and delete.
SQS_REQUEST = 0.40 / _MILLION
S3_PUT = 0.005 / 1000
S3_GET = 0.0004 / 1000
#: HTTPS, from North America and Europe.
EDGE_REQUEST = 0.0100 / 10_000
#: To the internet: of CloudFront, and of a region's other services.
EDGE_GB = 0.085
REGION_GB = 0.09
LOGS_GB = 0.50
#: Cognito, Essentials: each person a month who is active, from the 10,001st on.
ACTIVE_PERSON = 0.015

# What stands costs, a month.
ALARM = 0.10
METRIC = 0.30
DASHBOARD = 3.00
WEB_ACL = 5.00
WEB_ACL_RULE = 1.00
FIREWALL_REQUEST = 0.60 / _MILLION

#: What every account has for nothing in each month, for as long as it lives ("always free").
FREE_LAMBDA_REQUESTS = 1_000_000
FREE_LAMBDA_GB_SECONDS = 400_000
FREE_SQS_REQUESTS = 1_000_000
FREE_ALARMS = 10
FREE_METRICS = 10
FREE_DASHBOARDS = 3
FREE_EDGE_REQUESTS = 10_000_000
FREE_EDGE_GB = 1024
FREE_LOGS_GB = 5

# A classic deployment's machine.
#: On demand, Linux: 2 virtual processors and 4 GiB.
T3_MEDIUM_HOUR = 0.0416
#: The same with 2 GiB.
T3_SMALL_HOUR = 0.0208
GP3_GB = 0.08
PUBLIC_ADDRESS_HOUR = 0.005
