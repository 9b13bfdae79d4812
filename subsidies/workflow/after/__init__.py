"""After the activity: the report, the sample, money that comes back, the evaluation, and the end of the case."""
