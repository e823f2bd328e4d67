"""Several processes on one library: who does what, how often somebody may, and what waits for a worker."""

from retrieval.processes.imports import GIVEN_UP, MOST_TRIES, WORKER, Import, ImportStore, read_outcome
from retrieval.processes.leases import LEASE_S, PROCESS, LeaseStore, living
from retrieval.processes.paces import PaceStore
from retrieval.processes.statements import Statements

__all__ = [
    "GIVEN_UP",
    "LEASE_S",
    "MOST_TRIES",
    "PROCESS",
    "WORKER",
    "Import",
    "ImportStore",
    "LeaseStore",
    "PaceStore",
    "Statements",
    "living",
    "read_outcome",
]
