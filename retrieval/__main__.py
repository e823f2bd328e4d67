"""Lets ``python -m retrieval`` run the library without Discord."""

from retrieval.cli import main

main()
