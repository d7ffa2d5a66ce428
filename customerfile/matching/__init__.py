"""The match model: blocking keys, comparisons, weights, clusters, explanations. Plain Python and SQL, no Django."""
