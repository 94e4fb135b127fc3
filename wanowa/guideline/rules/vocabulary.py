"""The words of the guideline with stable ASCII keys. A key is for ever; its Japanese label may improve."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """G-23: the seven kinds of party (協働の主体, Ⅱ-3)."""

    RESIDENT = "resident", _("住民等")
    LOCAL = "local", _("地域活動団体")
    CITIZEN = "citizen", _("市民活動団体")
    COMPANY = "company", _("企業等")
    PUBLIC = "public", _("公益法人等")
    NATION = "nation", _("国等の機関")
    CITY = "city", _("市")


class Principle(TextChoices):
    """G-22a to G-22f: the six principles (協働基本原則, Ⅱ-2)."""

    UNDERSTANDING = "understanding", _("相互理解")
    SHARED_GOALS = "shared_goals", _("目的・評価共有")
    CLEAR_ROLES = "clear_roles", _("役割分担明確化")
    OPENNESS = "openness", _("情報公開")
    INDEPENDENCE = "independence", _("自立")
    EQUALITY = "equality", _("対等")


class Area(TextChoices):
    """G-24: the areas of activity (活動領域, Ⅱ-4), from the citizens' own to the city's own."""

    A = "A", _("領域A")
    B = "B", _("領域B")
    C = "C", _("領域C")
    D = "D", _("領域D")
    E = "E", _("領域E")


class Form(TextChoices):
    """G-25: the eight forms of collaboration (協働の形態, Ⅱ-5)."""

    COMMITTEE = "committee", _("実行委員会・共催")
    ACCORD = "accord", _("協定")
    JOINT_OPERATION = "joint_operation", _("協働運営")
    PARTNERSHIP_CONTRACT = "partnership_contract", _("協働型委託")
    CONTRACT = "contract", _("委託")
    COOPERATION = "cooperation", _("事業協力")
    SUBSIDY = "subsidy", _("補助")
    ENDORSEMENT = "endorsement", _("後援")


class Ownership(TextChoices):
    """G-26: to whom the results belong (成果の帰属, Ⅱ-4)."""

    CITIZENS = "citizens", _("市民に帰属")
    BOTH = "both", _("双方に帰属")
    CITY = "city", _("市に帰属")


class Resource(TextChoices):
    """G-33d: the five resources that parties bring (資源, Ⅲ-3(4))."""

    PEOPLE = "people", _("ヒト")
    GOODS = "goods", _("モノ")
    MONEY = "money", _("カネ")
    PLACE = "place", _("場所")
    INFORMATION = "information", _("情報")


class Policy(TextChoices):
    """G-41: the four policies by which the city furthers collaboration (４つの方針, Ⅳ-1)."""

    AWARENESS = "awareness", _("意識啓発と相互理解の推進")
    SHARING = "sharing", _("協働に関する情報の共有")
    SYSTEM = "system", _("協働システムの構築")
    ENVIRONMENT = "environment", _("協働の環境整備")


class Field(TextChoices):
    """The twenty fields of 特定非営利活動促進法 別表 under short labels; FIELDS has the words of the law."""

    WELFARE = "welfare", _("保健・医療・福祉")
    LEARNING = "learning", _("社会教育")
    TOWN = "town", _("まちづくり")
    TOURISM = "tourism", _("観光")
    COUNTRYSIDE = "countryside", _("農山漁村・中山間地域")
    CULTURE = "culture", _("学術・文化・芸術・スポーツ")
    NATURE = "nature", _("環境の保全")
    DISASTER = "disaster", _("災害救援")
    SAFETY = "safety", _("地域安全")
    RIGHTS = "rights", _("人権・平和")
    INTERNATIONAL = "international", _("国際協力")
    GENDER = "gender", _("男女共同参画")
    CHILDREN = "children", _("子どもの健全育成")
    DIGITAL = "digital", _("情報化社会")
    SCIENCE = "science", _("科学技術")
    ECONOMY = "economy", _("経済活動の活性化")
    WORK = "work", _("職業能力・雇用")
    CONSUMERS = "consumers", _("消費者の保護")
    SUPPORT = "support", _("団体の支援")
    ORDINANCE = "ordinance", _("条例で定める活動")
