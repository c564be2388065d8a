# XGBoost 1.7.4's log odds on lalonde (columns of at most 256 values, so that histograms are exact).
# Usage: python3 09_boosting.py DATA_FOLDER, which holds lalonde.csv and gets xgboost_lalonde.csv.
import csv, sys
import numpy as np, xgboost as xgb
folder = sys.argv[1]
def table(name):
    with open(f"{folder}/{name}") as f: return list(csv.DictReader(f))
def boost(x, y, w, method, rounds, **more):
    d = xgb.DMatrix(x, y, weight=w, nthread=1)
    p = dict(objective="binary:logistic", tree_method=method, base_score=float(np.average(y, weights=w)), nthread=1, max_depth=6, eta=.3)
    m = xgb.train({**p, **more}, d, rounds)
    return m.predict(d, output_margin=True).astype(float)
rows = table("lalonde.csv")
num = lambda c: np.array([float(r[c]) for r in rows])
race = np.array([r["race"] for r in rows])
x = np.column_stack([num("age"), num("educ"), race == "hispan", race == "white", num("married"), num("nodegree"),
                     np.floor(num("re74") / 500), np.floor(num("re75") / 500)]).astype(float)
y = num("treat")
# Weights of which no two sets of rows have the same sum: with equal ones many splits of small nodes gain the same.
w = 0.5 + (np.arange(len(y)) * 277 % 614) / 614 + np.sqrt(np.arange(len(y))) / 50
runs = dict(
    one_tree=dict(rounds=1), defaults=dict(rounds=20), shallow=dict(rounds=50, max_depth=2, eta=.1),
    greedy=dict(rounds=5, reg_lambda=0, min_child_weight=4, eta=1, max_depth=3), gamma=dict(rounds=20, gamma=2, max_depth=4))
margins = {k: boost(x, y, w, "hist", **v) for k, v in runs.items()}
with open(f"{folder}/xgboost_lalonde.csv", "w") as f:
    f.write(",".join(runs) + "\n")
    for i in range(len(y)): f.write(",".join(f"{margins[k][i]:.9g}" for k in runs) + "\n")
