"""Where the family name stands in a name of East Asia or Vietnam, told by the few names most families there have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from customerfile.values.folding import fold
from customerfile.values.words import words

_CHINESE = words(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin luo gao zheng liang xie song tang deng"
    " han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng su wei lu ding ren shen yao lv zhong cui"
    " tan fan liao shi jin wei jia xia fu fang bai zou meng xiong qin qiu hou jiang yin xue yan duan lei long shao qian"
    " ouyang sima zhuge shangguan chan cheung wong leung lau ng chow chu ho kwok tse tsang yeung lam cheng mok fung"
    " tsai hsu hsieh chiang kuo"
)
_KOREAN = words(
    "kim gim lee yi i rhee park bak bag pak choi choe coe jung jeong chung kang gang cho jo yoon yun jang chang lim im"
    " han oh o seo suh shin sin kwon gwon gweon hwang ahn an song ryu yoo yu hong jeon ko go moon mun son yang bae"
    " baek heo hur nam shim no noh ha kwak cha joo ju woo koo gu namgung namkung hwangbo jegal"
)
_VIETNAMESE = words(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh truong doan dao lam mai cao"
    " luong luu to quach ta"
)
_JAPANESE = words(
    "sato suzuki takahashi tanaka watanabe ito itou yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi"
    " matsumoto inoue kimura hayashi shimizu saito saitou yamazaki mori abe ikeda hashimoto yamashita ishikawa"
    " nakajima maeda fujita ogawa goto okada hasegawa murakami kondo ishii sakamoto endo aoki fujii nishimura fukuda"
    " ota miura fujiwara okamoto matsuda nakagawa nakano harada ono takeuchi kaneko wada nakayama ishida ueda morita"
    " hara shibata sakai kudo yokoyama miyazaki uchida takagi ando ohno ohta oono oota satou katou kondou endou gotou"
    " saitoh satoh itoh katoh ohkubo okubo simizu hayasi hasimoto isikawa yamasita takahasi kobayasi huzita huziwara"
    " fukushima"
)
_HUNGARIAN = words(
    "nagy kovacs toth szabo horvath varga kiss molnar nemeth farkas balogh papp takacs juhasz lakatos meszaros olah"
    " simon racz fekete szilagyi torok feher gal kis szucs kocsis orsos pinter fodor szalai sipos magyar lukacs gulyas"
    " biro kiraly katona bogdan balazs laszlo jakab boros bodnar"
)
_FAMILIES: Mapping[str, frozenset[str]] = {
    "CN": _CHINESE, "TW": _CHINESE, "HK": _CHINESE, "JP": _JAPANESE, "KR": _KOREAN, "VN": _VIETNAMESE,
    "HU": _HUNGARIAN,
}  # fmt: skip
# in Latin letters the order tells itself anywhere: a family name of one people in front, its syllables behind
_WESTERN_TOO = words(
    "lee kim chung an i o no to do go ho mai ta son long song may min park han lam ma lin tan lei dan abe mori hara jo"
)
_CHINESE_SYLLABLE = (
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    r"(?:[iu]?ang|i?ong|[ei]ng|[iu]?an|[eiu]n|i?ao|u?ai|[aeiou]|[eu]i|i[aeu]|u[aeo]|ou|er)"
)
_KOREAN_SYLLABLE = (
    r"(?:[bdghjkmnprst]|ch|[hgkmbp]y|[hgk]w)?"
    r"(?:y?eo|y?ou?|ye|ae|wa|woo?|wi|eu|ui|oo|ee|yu|ya|[aeiou])(?:ng|[nmlkp])?"
)
_VIETNAMESE_SYLLABLE = r"(?:[bcdghklmnrstvxy]|ch|gi|kh|ng|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:ng|nh|ch|[ncmpt])?"
_PEOPLES = tuple(
    (families, re.compile(f"(?!.*sen$)(?:{syllable}){{2}}"))
    for families, syllable in (
        (_CHINESE, _CHINESE_SYLLABLE), (_KOREAN, _KOREAN_SYLLABLE), (_VIETNAMESE, _VIETNAMESE_SYLLABLE),
        (_JAPANESE, "[a-z]+"),
    )
)  # fmt: skip
_OTHER_SCRIPT = re.compile(r"[⺀-鿿가-힣]+")


def is_family_first(names: Sequence[str], country: str) -> bool | None:
    """Whether a name of two words or more begins with the family name; None where nothing tells."""
    if _OTHER_SCRIPT.fullmatch(names[0]):
        return len(names[0]) <= len(names[-1])
    known = _FAMILIES.get(country)
    if known is None:
        return True if _tells_itself(names) else None
    first, last = fold(names[0]) in known, fold(names[-1]) in known
    return first if first or last else None


def _tells_itself(names: Sequence[str]) -> bool:
    """Chen Xue Mei, Tran Thi Lan, Kim Min-su, Zheng Haitao and Sato Kenji, wherever they live."""
    first, last = fold(names[0]), fold(names[-1])
    behind = fold(" ".join(names[1:]))
    if first in _WESTERN_TOO and "-" not in names[-1]:
        return False
    return any(
        first in families and last not in families and syllables.fullmatch(behind.replace(" ", ""))
        for families, syllables in _PEOPLES
    )
