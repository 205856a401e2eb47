"""One script per figure of RESULTS.md; run each as ``python -m benchmarks.NAME``."""
