"""Measurements: how good, how fast, and the scripts that made the shipped constants."""
