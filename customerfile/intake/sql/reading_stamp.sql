-- Which definition and which match model run.
SELECT (SELECT version || ':' || digest FROM definition_version ORDER BY version DESC LIMIT 1),
       (SELECT version || ':' || hash FROM match_model_version ORDER BY version DESC LIMIT 1)
