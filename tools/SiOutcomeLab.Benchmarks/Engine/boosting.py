# XGBoost on the persons that engine.R drew: seconds (median of three after one) and mean logistic loss of its own rows.
# Usage: python3 boosting.py FOLDER (Debian: python3-xgboost). Its loss is the value that EngineRows expects of our trees.
import sys, time
import numpy as np, xgboost as xgb
n, k = 1_000_000, 10
values = np.fromfile(f"{sys.argv[1]}/persons-{n}.bin").reshape(k + 2, n)
x, y = np.ascontiguousarray(values[:k].T), values[k]
d = xgb.DMatrix(x, y, nthread=2)
seconds = []
for _ in range(4):
    t = time.perf_counter()
    m = xgb.train(dict(objective="binary:logistic", tree_method="hist", max_depth=6, eta=.3, nthread=2, base_score=float(y.mean())), d, 100)
    seconds.append(time.perf_counter() - t)
f = m.predict(d, output_margin=True).astype(float)
print(f'{{"version":"{xgb.__version__}","seconds":{sorted(seconds[1:])[1]:.3f},"loss":{np.mean(np.logaddexp(0, np.where(y == 1, -f, f))):.10g}}}')
