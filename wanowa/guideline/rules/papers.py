"""The official papers of the eight forms (書類): which kinds there are. A pack gives them numbers and titles (G-25)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    """One kind of paper. A key is for ever: issued papers and the process log name it."""

    COMMITTEE_RULES = "committee_rules", _("実行委員会規約")
    ACCORD = "accord", _("協定書")
    OPERATION_ACCORD = "operation_accord", _("協働運営協定書")
    OPERATION_SHARES = "operation_shares", _("負担金の表")
    SPECIFICATION = "specification", _("仕様書")
    ROLE_SHEET = "role_sheet", _("役割分担書")
    CONTRACT_SPECIFICATION = "contract_specification", _("委託仕様書")
    MEMORANDUM = "memorandum", _("覚書")
    SUBSIDY_APPLICATION = "subsidy_application", _("補助金交付申請書")
    PROJECT_PLAN = "project_plan", _("事業計画書")
    BUDGET = "budget", _("収支予算書")
    SUBSIDY_DECISION = "subsidy_decision", _("補助金交付決定通知書")
    SUBSIDY_CHANGE = "subsidy_change", _("補助金変更承認申請書")
    SUBSIDY_REPORT = "subsidy_report", _("補助事業実績報告書")
    SETTLEMENT = "settlement", _("収支決算書")
    SUBSIDY_INVOICE = "subsidy_invoice", _("補助金請求書")
    ENDORSEMENT_APPLICATION = "endorsement_application", _("後援承認申請書")
