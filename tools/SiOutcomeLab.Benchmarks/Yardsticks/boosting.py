# XGBoost on histograms, 100 trees of depth 6: mean logistic loss of its own rows. Building its matrix does not count.
# Usage: python3 boosting.py PERSONS REPETITIONS
import sys
from yardstick import np, measured, persons, THREADS
try:
    import xgboost
except ImportError:
    sys.exit(77)

x, t = persons(sys.argv[1])
data = xgboost.DMatrix(x, t, nthread=THREADS)
settings = dict(
    objective="binary:logistic", tree_method="hist", max_depth=6, eta=0.3, nthread=THREADS, base_score=float(t.mean()))


def loss(model):
    f = model.predict(data, output_margin=True).astype(float)
    return [np.mean(np.logaddexp(0, np.where(t == 1, -f, f)))]


measured(xgboost.__version__, int(sys.argv[2]), lambda: xgboost.train(settings, data, 100), loss)
