"""What readers and moderators leave: votes, reports, preferences, pending questions, personal data."""

from retrieval.records.feedback import OpinionStore
from retrieval.records.injection_findings import InjectionStore
from retrieval.records.mentions import Mention, MentionStore
from retrieval.records.pending_questions import OpenQuestionStore
from retrieval.records.preferences import PreferenceStore
from retrieval.records.privacy import PrivacyStore, Rows
from retrieval.records.tenancy import PresenceStore
from retrieval.records.usage import UsageStore

__all__ = [
    "InjectionStore",
    "Mention",
    "MentionStore",
    "OpenQuestionStore",
    "OpinionStore",
    "PreferenceStore",
    "PresenceStore",
    "PrivacyStore",
    "Rows",
    "UsageStore",
]
