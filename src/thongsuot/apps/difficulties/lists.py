"""The lists of difficulties: those that concern a post, and the library; declared once."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.authority.queries.fields import field_choices, with_field_name
from thongsuot.apps.difficulties import permit
from thongsuot.apps.difficulties.choices import ANSWER_TONES, TONES, Answer, Sort, State
from thongsuot.apps.difficulties.models import Difficulty, Situation
from thongsuot.apps.difficulties.queries import with_joined
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.naming import named
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem


def tone(row: Any) -> str:
    """The colour of where a difficulty stands."""
    return ANSWER_TONES[Answer(row.answer)] if row.answer else TONES[State(row.state)]


def said(row: Any) -> str:
    """Where a difficulty stands, in words: the answer when there is one."""
    return str(row.get_answer_display() if row.answer else row.get_state_display())


DIFFICULTIES = Table(
    code="difficulties.all",
    title=_("Khó khăn, vướng mắc, kiến nghị"),
    noun=_("vướng mắc"),
    columns=(
        Column("title", _("Nội dung"), url=lambda d: reverse("difficulties:one", args=[d.pk]),
               note=lambda d: d.article),
        Column("code", _("Số"), kind=Shape.CODE, value=lambda d: d.code, order="pk"),
        Column("sort", _("Loại"), value=lambda d: d.get_sort_display(), default=False),
        Column("field", _("Lĩnh vực"), value=lambda d: d.field_name, order="field"),
        Column("raiser", _("Nơi nêu"), value=lambda d: d.raiser_name,
               note=lambda d: _("và %(n)s nơi cùng vướng") % {"n": d.others} if d.others else ""),
        Column("holder", _("Nơi trả lời"), value=lambda d: d.holder_name),
        Column("raised_on", _("Ngày nêu"), kind=Shape.DATE, order="raised_on", default=False),
        Column("due_on", _("Hạn trả lời"), kind=Shape.DATE, order="due_on"),
        Column("occasion", _("Dịp"), default=False),
        Column("state", _("Tình trạng"), value=said, state=tone),
    ),
    filters=(
        Text("q", _("Tìm theo nội dung, điều khoản")),
        Choice("tinh-trang", _("Tình trạng"), field="state", choices=State.choices),
        Choice("tra-loi", _("Trả lời"), field="answer", choices=Answer.choices),
        Choice("loai", _("Loại"), field="sort", choices=Sort.choices),
        Choice("linh-vuc", _("Lĩnh vực"), field="field", choices=field_choices),
        Days("han", _("Hạn trả lời"), field="due_on"),
        Days("neu", _("Ngày nêu"), field="raised_on"),
        Preset("tre", _("Trễ hạn"), where=lambda today: Q(state=State.WAITING, due_on__lt=today)),
        Preset("gap", _("Khẩn"), where=lambda today: Q(urgent=True, state=State.WAITING)),
    ),
    order="-pk",
    empty=Empty(
        _("Chưa có vướng mắc nào"),
        _("Nêu từ trang đang làm (cuối mỗi trang có “Nêu vướng mắc”), hoặc nêu ngay tại đây."),
        "/vuong-mac/neu/",
        _("Nêu vướng mắc"),
    ),
)  # fmt: skip
SITUATIONS = Table(
    code="difficulties.situations",
    title=_("Thư viện tình huống"),
    noun=_("tình huống"),
    columns=(
        Column("title", _("Tình huống"),
               url=lambda s: reverse("difficulties:situation", args=[s.pk]),
               note=lambda s: s.article),
        Column("field", _("Lĩnh vực"), value=lambda s: s.field_name, order="field"),
        Column("body", _("Nơi trả lời"), value=lambda s: s.body_name),
        Column("on", _("Ngày"), kind=Shape.DATE, order="on"),
        Column("uses", _("Nơi đã dùng"), kind=Shape.NUMBER, value=lambda s: s.used),
        Column("state", _("Tình trạng"),
               value=lambda s: _("thôi áp dụng") if s.retired_on else _("áp dụng"),
               state=lambda s: "quiet" if s.retired_on else "even"),
    ),
    filters=(
        Text("q", _("Tìm tình huống")),
        Choice("linh-vuc", _("Lĩnh vực"), field="field", choices=field_choices),
        Days("ngay", _("Ngày"), field="on"),
        Preset("con", _("Đang áp dụng"), where=lambda today: Q(retired_on__isnull=True)),
    ),
    order="-on",
    empty=Empty(
        _("Thư viện chưa có tình huống nào"),
        _("Nơi trả lời đưa câu trả lời dùng chung vào đây từ trang của vướng mắc."),
    ),
)  # fmt: skip


def rows_for(actor: Actor) -> "QuerySet[Any]":
    """The difficulties in sight, with names and how many have the same."""
    rows = named(permit.visible(actor), raiser_name="raiser", holder_name="holder")
    return with_field_name(with_joined(rows))


def table_for(actor: Actor) -> Table:
    """The list with the questions of this post."""
    hat = actor.hat
    mine = sorted(hat.bodies | {hat.body}) if hat else []
    return DIFFICULTIES.varied(
        filters=[
            *DIFFICULTIES.filters,
            Preset("cho-toi", _("Chờ cơ quan tôi trả lời"),
                   where=lambda today: Q(holder__in=mine, state=State.WAITING,
                                         same_as__isnull=True)),
            Preset("cua-toi", _("Cơ quan tôi nêu"), where=lambda today: Q(raiser__in=mine)),
        ]
    )  # fmt: skip


def situation_rows(actor: Actor) -> "QuerySet[Situation]":
    """The library: for everybody in a post that sees content."""
    sees = actor.hat is not None and actor.role not in (None, "operator")
    rows = Situation.objects.all() if sees else Situation.objects.none()
    found: QuerySet[Situation] = with_field_name(named(rows, body_name="body")).annotate(
        used=Count("uses")
    )
    return found


def proposals_of(actor: Actor, occasion: str) -> "QuerySet[Difficulty]":
    """What was raised on one occasion, in its numbers."""
    rows = permit.visible(actor).filter(occasion=occasion, same_as__isnull=True)
    return with_field_name(named(rows, raiser_name="raiser", holder_name="holder")).order_by(
        F("ordinal").asc(nulls_last=True), "pk"
    )


def _asked(asker: Asker) -> Actor:
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("difficulties.missing"))
    return actor_of(user, asker.on, asker.appointment)


@source("difficulties.all")
def difficulties_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The list for a long file, for what that person may see on that day."""
    actor = _asked(asker)
    return table_for(actor), rows_for(actor)


@source("difficulties.situations")
def situations_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The library for a long file."""
    return SITUATIONS, situation_rows(_asked(asker))
