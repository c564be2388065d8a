# scikit-learn's logistic regression without penalty: coefficients, intercept first. Usage: python3 logistic.py PERSONS REPETITIONS SOLVER
# lbfgs stops at SciPy's relative change of 2e-9 whatever tolerance is asked for, which leaves some 4e-6; newton-cholesky does not.
import sys
from yardstick import np, measured, persons
try:
    import sklearn
    from sklearn.linear_model import LogisticRegression
except ImportError:
    sys.exit(77)

x, t = persons(sys.argv[1])
measured(
    sklearn.__version__, int(sys.argv[2]),
    lambda: LogisticRegression(solver=sys.argv[3], penalty=None, tol=1e-8, max_iter=10_000).fit(x, t),
    lambda m: np.concatenate([m.intercept_, m.coef_[0]]))
