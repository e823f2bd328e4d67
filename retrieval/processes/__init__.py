"""Several processes on one library: who does what, how often somebody may, and what waits for a worker."""

from retrieval.processes.leases import LEASE_S, PROCESS, LeaseStore, living
from retrieval.processes.paces import PaceStore
from retrieval.processes.statements import Statements

__all__ = ["LEASE_S", "PROCESS", "LeaseStore", "PaceStore", "Statements", "living"]
