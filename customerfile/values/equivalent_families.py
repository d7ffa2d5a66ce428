"""Family names that are one name in forms that no rule of spelling covers: each goes to the first of its line."""

EQUIVALENT_FAMILIES = {
    variant: names[0]
    for names in (
        line.split()
        for line in (
            "kim gim ghim", "lee yi rhee ri rhie", "park bak pak bag", "choi choe coe choy", "jung jeong chung joung",
            "kang gang", "cho jo", "yoon yun youn", "jang chang", "lim im", "oh o", "shin sin", "kwon gwon gweon",
            "yoo yu ryu you", "noh no roh", "moon mun", "woo u wu", "koo gu ku", "suh seo", "bae pae", "baek paek",
            "cohen kohen cohn kohn", "levi levy lewi", "hoang huynh", "vu vo", "mukherjee mukherji mukhopadhyay",
            "chatterjee chatterji chattopadhyay", "banerjee banerji bandyopadhyay", "ganguly gangopadhyay",
            "chowdhury choudhury chaudhary chaudhuri chaudhry choudhary", "haque hoque huq haq hoq",
            "hussain hossain husain hussein hosein hossein huseyin", "rahman rehman rahaman",
        )
    )
    for variant in names
}  # fmt: skip
