"""The lists of decisions: dockets, sessions, registers; declared once."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.decisions import permit
from thongsuot.apps.decisions.models import Consultation
from thongsuot.apps.decisions.models.choices import (
    SESSION_TONES,
    TONES,
    VERSION_TONES,
    SessionKind,
    SessionState,
    Sort,
    State,
    Track,
    VersionState,
)
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.naming import named
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.rules.decisions.docket import OVER
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

DOCKETS = Table(
    code="decisions.dockets",
    title=_("Hồ sơ trình"),
    noun=_("hồ sơ"),
    columns=(
        Column("title", _("Trích yếu"), url=lambda d: reverse("decisions:docket", args=[d.pk])),
        Column("code", _("Mã"), kind=Shape.CODE, value=lambda d: d.code, order="pk"),
        Column("owner", _("Cơ quan trình"), value=lambda d: d.owner_name),
        Column("track", _("Cấp quyết định"), value=lambda d: d.get_track_display()),
        Column("session", _("Kỳ họp"), value=lambda d: d.session.name if d.session else "",
               url=lambda d: reverse("decisions:session", args=[d.session_id]) if d.session_id else ""),
        Column("since", _("Từ ngày"), kind=Shape.DATE, order="since"),
        Column("number", _("Số văn bản"), kind=Shape.CODE),
        Column("state", _("Đang ở bước"), value=lambda d: d.get_state_display(),
               state=lambda d: TONES[State(d.state)]),
    ),
    filters=(
        Text("q", _("Tìm theo trích yếu")),
        Choice("buoc", _("Bước"), field="state", choices=State.choices),
        Choice("cap", _("Cấp quyết định"), field="track", choices=Track.choices),
        Days("tu-ngay", _("Từ ngày"), field="since"),
        Preset("dang", _("Đang giải quyết"), where=lambda today: ~Q(state__in=sorted(OVER))),
        Preset("khan", _("Khẩn"), where=lambda today: Q(urgent=True)),
    ),
    order="-pk",
    related=("session",),
    empty=Empty(
        _("Chưa có hồ sơ trình nào"),
        _("UBND lập hồ sơ; hồ sơ đi đúng thứ tự tới khi có nghị quyết, quyết định và thực hiện xong."),
    ),
)  # fmt: skip
SESSIONS = Table(
    code="decisions.sessions",
    title=_("Kỳ họp HĐND"),
    noun=_("kỳ họp"),
    columns=(
        Column("name", _("Kỳ họp"), url=lambda s: reverse("decisions:session", args=[s.pk])),
        Column("council", _("HĐND"), value=lambda s: s.council_name),
        Column("kind", _("Loại"), value=lambda s: s.get_kind_display()),
        Column("on", _("Ngày họp"), kind=Shape.DATE, order="on"),
        Column("place", _("Nơi họp"), default=False),
        Column("present", _("Có mặt"), value=lambda s: "" if s.present is None else f"{s.present}/{s.members}"),
        Column("state", _("Tình trạng"), value=lambda s: s.get_state_display(),
               state=lambda s: SESSION_TONES[SessionState(s.state)]),
    ),
    filters=(
        Text("q", _("Tìm kỳ họp")),
        Choice("loai", _("Loại"), field="kind", choices=SessionKind.choices),
        Choice("tinh-trang", _("Tình trạng"), field="state", choices=SessionState.choices),
        Days("ngay-hop", _("Ngày họp"), field="on"),
    ),
    order="-on",
    empty=Empty(_("Chưa có kỳ họp nào"), _("HĐND lập kỳ họp; các mốc được tính ngược từ ngày họp.")),
)  # fmt: skip
VERSIONS = Table(
    code="decisions.versions",
    title=_("Quy chế, phân công"),
    noun=_("văn bản"),
    columns=(
        Column("title", _("Văn bản"), url=lambda v: reverse("decisions:version", args=[v.pk])),
        Column("sort", _("Loại"), value=lambda v: v.get_sort_display()),
        Column("body", _("Cơ quan"), value=lambda v: v.body_name,
               note=lambda v: _("phối hợp với %(b)s") % {"b": v.other_name} if v.other_name else ""),
        Column("number", _("Số"), kind=Shape.CODE),
        Column("since", _("Áp dụng từ"), kind=Shape.DATE, order="since"),
        Column("until", _("Tới trước ngày"), kind=Shape.DATE),
        Column("state", _("Tình trạng"), value=lambda v: v.get_state_display(),
               state=lambda v: VERSION_TONES[VersionState(v.state)]),
    ),
    filters=(
        Text("q", _("Tìm văn bản")),
        Choice("loai", _("Loại"), field="sort", choices=Sort.choices),
        Choice("tinh-trang", _("Tình trạng"), field="state", choices=VersionState.choices),
    ),
    order="-since",
    empty=Empty(
        _("Chưa có quy chế, quyết định phân công nào"),
        _("Soạn dự thảo trước ngày vận hành; ban hành xong thì bản trước tự hết áp dụng."),
    ),
)  # fmt: skip


def docket_rows(actor: Actor) -> "QuerySet[Any]":
    """The dockets in sight, with the name of who submits."""
    return named(permit.visible(actor), owner_name="owner")


def session_rows(actor: Actor) -> "QuerySet[Any]":
    """The sessions in sight, with the name of the council."""
    return named(permit.visible_sessions(actor), council_name="council")


def version_rows(actor: Actor) -> "QuerySet[Any]":
    """The regulations and assignments in sight, with the names of their bodies."""
    return named(permit.visible_versions(actor), body_name="body", other_name="other")


def dockets_table(actor: Actor) -> Table:
    """The list with the questions of this post."""
    hat = actor.hat
    mine = sorted(hat.bodies | {hat.body}) if hat else []
    asked = Consultation.objects.filter(body__in=mine, opinion__isnull=True).values("docket")
    waits = (
        Q(party__in=mine, state=State.SUBMITTED)
        | Q(council__in=mine, state=State.OPINED, track=Track.COUNCIL)
        | Q(pk__in=asked, state=State.CONSULTING)
    )
    return DOCKETS.varied(
        filters=[
            *DOCKETS.filters,
            Preset("cho-toi", _("Chờ cơ quan tôi"), where=lambda today: waits),
        ]
    )


def _asked(asker: Asker) -> Actor:
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("decisions.missing"))
    return actor_of(user, asker.on, asker.appointment)


@source("decisions.dockets")
def dockets_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The dockets for a long file."""
    return dockets_table(_asked(asker)), docket_rows(_asked(asker))


@source("decisions.sessions")
def sessions_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The sessions for a long file."""
    return SESSIONS, session_rows(_asked(asker))


@source("decisions.versions")
def versions_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The registers for a long file."""
    return VERSIONS, version_rows(_asked(asker))
