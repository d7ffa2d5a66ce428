-- The act that a judgement belongs to, and who took it back.
SELECT act.id, act.withdrawn_by FROM judgement JOIN judgement_act AS act ON act.id = judgement.act_id WHERE judgement.id = %s
