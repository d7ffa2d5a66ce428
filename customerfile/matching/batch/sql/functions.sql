-- Functions that the conditions ask (see conditions.py), by DuckDB's own means where those are exact.
CREATE TEMP MACRO alike(a, b, least_similarity) AS CASE
    WHEN strlen(a) + strlen(b) <> length(a) + length(b) THEN exactly_alike(a, b, least_similarity)
    WHEN jaro_winkler_similarity(a, b, least_similarity - 1e-9) = 0 THEN false
    WHEN jaro_winkler_similarity(a, b) > least_similarity + 1e-9 THEN true
    ELSE exactly_alike(a, b, least_similarity)
END;
CREATE TEMP MACRO one_slip(a, b) AS CASE
    WHEN strlen(a) + strlen(b) <> length(a) + length(b) THEN exactly_one_slip(a, b)
    ELSE damerau_levenshtein(a, b) <= 1
END;
CREATE TEMP MACRO date_slip(a, b) AS hamming(a, b) <= 2 AND damerau_levenshtein(a, b) = 1;
