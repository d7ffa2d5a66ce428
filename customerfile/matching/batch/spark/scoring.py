"""Blocks and scores on Spark: candidate pairs, and through Splink's Spark backend their levels. Nothing is fetched."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession
from splink import Linker, SparkAPI

from customerfile.base.database import statement
from customerfile.matching.batch.settings import RECORD_ID, level_column, splink_settings
from customerfile.matching.batch.spark.levels import PREPARED, add_function, asked_conditions
from customerfile.matching.model import MatchModel


def candidate_pairs(keys: DataFrame, model: MatchModel) -> DataFrame:
    """left_id, right_id of every two records that share a telling key. `keys`: key, record."""
    keys.createOrReplaceTempView("block_key")
    return keys.sparkSession.sql(statement(__package__, "pairs"), {"most": model.max_block_size})


def predictions(records: DataFrame, pairs: DataFrame, model: MatchModel, *, least: float | None) -> DataFrame:
    """What Splink says: record_id_l, record_id_r and a column of levels for each comparison.

    `records`: record, prepared (its JSON). Pairs below the match weight `least` are left out.
    """
    spark = records.sparkSession
    add_function(spark, model)
    api = _splink(spark)
    settings = splink_settings(model, asked_conditions(model))
    known = api.register(records.selectExpr(f"record AS {RECORD_ID}", PREPARED))
    linker = Linker(known, settings, log_level=None, validate_settings=False)
    blocked = pairs.selectExpr("left_id AS join_key_l", "right_id AS join_key_r", "'0' AS match_key")
    linker.table_management.register_blocked_pairs_for_predict(api.register(blocked))
    predicted = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
    return _wanted(predicted.as_spark_dataframe().unpersist(), model)


def _splink(spark: SparkSession) -> SparkAPI:
    """Splink keeps what it predicts, with all columns, for later use. Told to cache, it has written nothing yet."""
    return SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=spark,
        break_lineage_method="persist",
        num_partitions_on_repartition=spark.sparkContext.defaultParallelism,
        register_udfs_automatically=False,  # its similarities in Java round otherwise than the online scorer's
    )


def _wanted(predicted: DataFrame, model: MatchModel) -> DataFrame:
    names = [level_column(comparison) for comparison in model.comparisons]
    return predicted.selectExpr(
        f"{RECORD_ID}_l", f"{RECORD_ID}_r", *(f"CAST({name} AS TINYINT) AS {name}" for name in names)
    )
