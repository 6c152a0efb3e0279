"""The closed lists of the registry, as an office names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.kernel.actor import Role


class UnitLevel(models.TextChoices):
    """Tier of a territory. The district tier has no unit in force after 30 June 2025."""

    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


class UnitKind(models.TextChoices):
    """What a territory is called by law; the label stands before the name."""

    PROVINCE = "province", _("tỉnh")
    CITY = "city", _("thành phố")  # directly under the centre
    URBAN_DISTRICT = "urban-district", _("quận")
    RURAL_DISTRICT = "rural-district", _("huyện")
    TOWN = "town", _("thị xã")
    PROVINCIAL_CITY = "provincial-city", _("thành phố")  # in a province or a city (Thủ Đức)
    WARD = "ward", _("phường")
    COMMUNE = "commune", _("xã")
    TOWNSHIP = "township", _("thị trấn")
    SPECIAL_ZONE = "special-zone", _("đặc khu")


class UnitEventKind(models.TextChoices):
    """What happened to territories on one day by one clause."""

    MERGE = "merge", _("nhập, sắp xếp thành đơn vị mới")
    SPLIT = "split", _("chia")
    PART_MOVED = "part-moved", _("điều chỉnh một phần")
    RENAME = "rename", _("đổi tên")
    KIND = "kind", _("đổi loại")
    PARENT = "parent", _("chuyển đơn vị cấp trên")
    DISSOLVE = "dissolve", _("kết thúc hoạt động")
    CREATE = "create", _("thành lập")


class Share(models.TextChoices):
    """How much of the source goes to the destination."""

    WHOLE = "whole", _("toàn bộ")
    REST = "rest", _("phần còn lại")
    PART = "part", _("một phần")
    LAND = "land", _("một phần diện tích, không có dân")
    PEOPLE = "people", _("toàn bộ dân số, một phần diện tích")


class Bloc(models.TextChoices):
    """The bloc of the political system that a body belongs to."""

    PARTY = "party", _("khối Đảng")
    STATE = "state", _("khối chính quyền")
    FRONT = "front", _("khối Mặt trận, đoàn thể")
    SERVICE = "service", _("đơn vị sự nghiệp")
    BOARD = "board", _("ban quản lý, ban bồi thường")
    TEAM = "team", _("tổ công tác")


class BodyKind(models.TextChoices):
    """What an organisation is."""

    PARTY_COMMITTEE = "party-committee", _("Đảng ủy")
    PARTY_OFFICE = "party-office", _("cơ quan tham mưu, giúp việc của Đảng ủy")
    INSPECTION_COMMISSION = "inspection-commission", _("Ủy ban Kiểm tra")
    PEOPLES_COUNCIL = "peoples-council", _("Hội đồng nhân dân")
    PEOPLES_COMMITTEE = "peoples-committee", _("Ủy ban nhân dân")
    DEPARTMENT = "department", _("sở, ban, ngành cấp tỉnh")
    SPECIALISED_OFFICE = "specialised-office", _("phòng chuyên môn")
    JOINT_OFFICE = "joint-office", _("cơ quan phục vụ chung nhiều tổ chức")
    SERVICE_CENTRE = "service-centre", _("Trung tâm Phục vụ hành chính công")
    POLICE = "police", _("Công an")
    MILITARY = "military", _("Ban Chỉ huy Quân sự")
    FRONT = "front", _("Ủy ban Mặt trận Tổ quốc")
    MASS_ORGANISATION = "mass-organisation", _("đoàn thể, tổ chức chính trị - xã hội")
    SERVICE_UNIT = "service-unit", _("đơn vị sự nghiệp công lập")
    PROJECT_BOARD = "project-board", _("Ban Quản lý dự án")
    COMPENSATION_BOARD = "compensation-board", _("Ban Bồi thường, giải phóng mặt bằng")
    STEERING_COMMITTEE = "steering-committee", _("Ban Chỉ đạo")
    TASK_FORCE = "task-force", _("tổ công tác")
    INTER_WARD_TEAM = "inter-ward-team", _("tổ công tác liên phường, xã")
    HANDING_TEAM = "handing-team", _("Tổ bàn giao")
    RECEIVING_TEAM = "receiving-team", _("Tổ tiếp nhận")


BLOC_OF: dict[BodyKind, Bloc] = {
    BodyKind.PARTY_COMMITTEE: Bloc.PARTY,
    BodyKind.PARTY_OFFICE: Bloc.PARTY,
    BodyKind.INSPECTION_COMMISSION: Bloc.PARTY,
    BodyKind.PEOPLES_COUNCIL: Bloc.STATE,
    BodyKind.PEOPLES_COMMITTEE: Bloc.STATE,
    BodyKind.DEPARTMENT: Bloc.STATE,
    BodyKind.SPECIALISED_OFFICE: Bloc.STATE,
    BodyKind.JOINT_OFFICE: Bloc.STATE,
    BodyKind.SERVICE_CENTRE: Bloc.STATE,
    BodyKind.POLICE: Bloc.STATE,
    BodyKind.MILITARY: Bloc.STATE,
    BodyKind.FRONT: Bloc.FRONT,
    BodyKind.MASS_ORGANISATION: Bloc.FRONT,
    BodyKind.SERVICE_UNIT: Bloc.SERVICE,
    BodyKind.PROJECT_BOARD: Bloc.BOARD,
    BodyKind.COMPENSATION_BOARD: Bloc.BOARD,
    BodyKind.STEERING_COMMITTEE: Bloc.TEAM,
    BodyKind.TASK_FORCE: Bloc.TEAM,
    BodyKind.INTER_WARD_TEAM: Bloc.TEAM,
    BodyKind.HANDING_TEAM: Bloc.TEAM,
    BodyKind.RECEIVING_TEAM: Bloc.TEAM,
}


class BodyEventKind(models.TextChoices):
    """What happened to organisations on one day by one decision."""

    CREATE = "create", _("thành lập")
    RENAME = "rename", _("đổi tên")
    MERGE = "merge", _("hợp nhất, sáp nhập")
    SPLIT = "split", _("chia, tách")
    PARENT = "parent", _("chuyển cơ quan cấp trên")
    DISSOLVE = "dissolve", _("kết thúc hoạt động")


class PostRole(models.TextChoices):
    """What a post lets its holder do in the system; the values are those of the kernel."""

    LEADER = Role.LEADER.value, _("lãnh đạo")
    CLERK = Role.CLERK.value, _("cán bộ, công chức")
    TEAM_HEAD = Role.TEAM_HEAD.value, _("tổ trưởng")
    TEAM_MEMBER = Role.TEAM_MEMBER.value, _("tổ viên")
    STEERING = Role.STEERING.value, _("Ban Chỉ đạo")
    INSPECTOR = Role.INSPECTOR.value, _("kiểm tra, giám sát")
    OPERATOR = Role.OPERATOR.value, _("quản trị hệ thống")


class AppointmentStatus(models.TextChoices):
    """Whether a person was placed for the time being or by a final decision."""

    PROVISIONAL = "provisional", _("tạm phân công")
    OFFICIAL = "official", _("chính thức")


class NeighbourhoodKind(models.TextChoices):
    """What the people's self-managed community below a commune is called there."""

    NEIGHBOURHOOD = "khu-pho", _("khu phố")
    RESIDENT_GROUP = "to-dan-pho", _("tổ dân phố")
    VILLAGE = "thon", _("thôn")
    HAMLET = "ap", _("ấp")
    MOUNTAIN_HAMLET = "ban", _("bản, làng, buôn, phum, sóc")


class OfficerRole(models.TextChoices):
    """Who works for the people of a neighbourhood beside its head."""

    DEPUTY = "deputy", _("phó trưởng khu phố, tổ, thôn, ấp")
    PARTY_SECRETARY = "party-secretary", _("Bí thư chi bộ")
    FRONT_HEAD = "front-head", _("Trưởng ban Công tác Mặt trận")
    OTHER = "other", _("thành viên khác")


class GovernanceModel(models.TextChoices):
    """How local government is organised in a territory, by its own resolution where it has one."""

    THREE_TIER = "three-tier", _("chính quyền địa phương ba cấp")
    TWO_TIER = "two-tier", _("chính quyền địa phương hai cấp")
    URBAN = "urban", _("chính quyền đô thị")
    PILOT = "pilot", _("thí điểm theo nghị quyết riêng")
    SPECIAL = "special", _("cơ chế, chính sách đặc thù")
