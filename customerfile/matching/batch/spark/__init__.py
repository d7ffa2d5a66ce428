"""The batch executor on Spark, for a file that outgrows one machine. PySpark is an extra: nothing else needs it."""
