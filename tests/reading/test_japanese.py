"""Japanese: who did it to whom."""

from __future__ import annotations

import pytest
from marked_roles import read

from secondsource.reading import japanese

ARREST, SHOT, CROSS, LURE = "arrest_detention", "shooting", "border_crossing_attempt", "deception_lure"
CASES = [
    (ARREST, "住民2人が{MSS:保衛部}に<逮捕>された。", {"MSS"}, ["住民2人"]),
    (ARREST, "住民2人が{MSS:保衛部}によって<逮捕>された。", {"MSS"}, ["住民2人"]),
    (ARREST, "{MSS:保衛部}が20代の女性2人を<逮捕>した。", {"MSS"}, ["20代の女性2人"]),
    (ARREST, "{MSS:保衛部}の要員が商人を<取り押さえ>た。", {"MSS"}, ["商人"]),
    (ARREST, "{border_guards:国境警備隊}に<捕ま>った家族は泣いた。", {"border_guards"}, ["家族"]),
    (ARREST, "{MSS:保衛部}が<逮捕>した男性は労働者だ。", {"MSS"}, ["男性"]),
    (ARREST, "密輸業者を<逮捕>した{MPS:安全部}は黙っている。", {"MPS"}, ["密輸業者"]),
    (ARREST, "女性と息子、娘の計3人が{MSS:保衛部}に<逮捕>された。", {"MSS"}, ["女性", "息子", "娘", "3人"]),
    (ARREST, "女性が息子とともに{MSS:保衛部}に<逮捕>された。", {"MSS"}, ["女性", "息子"]),
    (ARREST, "情報筋は、{MSS:保衛部}に<逮捕>された青年がいると話した。", {"MSS"}, ["青年"]),
    (ARREST, "情報筋は、一家3人が{MSS:保衛部}に<逮捕>されたと伝えた。", {"MSS"}, ["一家3人"]),
    (ARREST, "夫婦は{border_guards:国境警備隊}の手引きで川を渡ったが{MSS:保衛部}に<逮捕>された。", {"MSS"}, ["夫婦"]),
    (ARREST, "ブローカーと、手を貸した兵士3人も{MSS:保衛部}に<逮捕>された。", {"MSS"}, ["ブローカー", "兵士3人"]),
    (ARREST, "女性は{MSS:保衛部}の<取り調べ>を受けた。", {"MSS"}, ["女性"]),
    (ARREST, "男性は{MSS:保衛部}で<拷問>を受けた。", {"MSS"}, ["男性"]),
    (ARREST, "{MSS:保衛部}は女性に<拷問>を加えた。", {"MSS"}, ["女性"]),
    (ARREST, "<逮捕>されたのは40代の男性。", set(), ["40代の男性"]),
    (ARREST, "夫婦と次男が<捕ま>った。", set(), ["夫婦", "次男"]),
    (ARREST, "女性が<逮捕>された。", set(), ["女性"]),
    (ARREST, "{chinese_police:公安}に捕まり<送還>された女性が泣いた。", {"chinese_police"}, ["女性"]),
    (SHOT, "住民2人を{border_guards:国境警備隊}が見つけ、<射殺>した。", {"border_guards"}, ["住民2人"]),
    (SHOT, "川を渡ろうとした住民2人が{border_guards:国境警備隊}に<射殺>された。", {"border_guards"}, ["住民2人"]),
    (CROSS, "一家は{border_guards:国境警備隊}の手引きで<脱北>しようとした。", set(), ["一家"]),
    (CROSS, "<脱北>しようとした女性3人が集まった。", set(), ["女性3人"]),
    (CROSS, "{MSS:保衛員}は<脱北>を防いだ。", set(), []),
    (LURE, "{broker:ブローカー}が女性に近づき、<騙>した。", {"broker"}, ["女性"]),
    (LURE, "{MSS:保衛部}は一家を<おびき>出した。", {"MSS"}, ["一家"]),
    (LURE, "女性は{MSS:保衛部}と{broker:ブローカー}に<騙>された。", {"MSS", "broker"}, ["女性"]),
]


@pytest.mark.parametrize(("act", "text", "perpetrators", "victims"), CASES)
def test_roles_follow_particles_and_voice(act: str, text: str, perpetrators: set[str], victims: list[str]) -> None:
    assert read(text, "ja", act, japanese.roles) == [(perpetrators, victims)]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("女性2人が<捕ま>った。彼女らは{MSS:保衛部}で<拷問>された。", ["女性2人", "女性2人"]),
        ("50代の男性が<逮捕>された。{MSS:保衛部}で<拷問>を受けた。", ["50代の男性", "50代の男性"]),
    ],
)
def test_a_victim_who_is_not_named_again_is_carried_on(text: str, victims: list[str]) -> None:
    assert [v for _, vs in read(text, "ja", ARREST, japanese.roles) for v in vs] == victims
