# Second witnesses from packages of Debian 12 (R 4.2.2): glmnet 4.1-6, survival 3.5-3, boot 1.3-28.1, stats.
# Usage: Rscript 10_packages.R DATA_FOLDER, which holds lalonde.csv and gets packages_flat.csv (id,value with 15 digits).
suppressMessages({library(glmnet); library(survival); library(boot)})
folder <- commandArgs(TRUE)[1]
d <- read.csv(file.path(folder, "lalonde.csv"))
out <- data.frame(id = character(), value = character())
put <- function(block, x) for (i in seq_along(x)) out[nrow(out) + 1, ] <<- c(sprintf("%s.%d", block, i), sprintf("%.15g", x[[i]]))
X <- cbind(age = d$age, educ = d$educ, hispan = d$race == "hispan", white = d$race == "white",
  married = d$married, nodegree = d$nodegree, re74 = d$re74, re75 = d$re75)
t <- d$treat; i <- seq_along(t) - 1; w <- .5 + (i * 277) %% 614 / 614

# Penalised logistic regression; the first penalty is glmnet's own largest, then five others.
for (alpha in c(0, .5, 1)) {
  largest <- glmnet(X, t, family = "binomial", alpha = alpha, weights = w, nlambda = 5)$lambda[1]
  if (alpha > 0) put(sprintf("glmnet_%g_largest", alpha), largest)
  lambda <- c(.2, .1, .05, .01, .001)
  m <- glmnet(X, t, family = "binomial", alpha = alpha, weights = w, lambda = lambda, thresh = 1e-18, maxit = 1e7)
  for (k in seq_along(lambda)) put(sprintf("glmnet_%g_%g", alpha, lambda[k]), as.vector(coef(m)[, k]))
}

# Counts and skewed costs: coefficients, errors, deviance, Pearson's dispersion; then the treated's means from each arm's own model.
counts <- floor(d$re78 / 1000); exposure <- 1 + d$age / 50; costs <- d$re78 + 100
# Until the deviance does not change by a bit: glm's steps close in by a factor only, and its errors are of the step before the last.
tight <- glm.control(epsilon = 1e-300, maxit = 200)
fits <- list(
  poisson = function(s) glm(counts ~ X + offset(log(exposure)), poisson, subset = s, control = tight),
  # The gamma model's expected information is not the observed one: Newton's steps take it to the maximum.
  gamma = function(s) {
    m <- glm(costs ~ X, Gamma("log"), subset = s, control = tight); A <- cbind(1, X[s, ]); b <- coef(m)
    for (k in 1:8) { r <- costs[s] / exp(drop(A %*% b)); b <- b + lm.fit(sqrt(r) * A, (r - 1) / sqrt(r))$coefficients }
    suppressWarnings(glm(costs ~ X, Gamma("log"), subset = s, start = b, control = glm.control(epsilon = 1e-300, maxit = 1)))
  })
for (name in names(fits)) {
  m <- fits[[name]](rep(TRUE, nrow(d))); s <- summary(m)
  put(paste0(name, "_coefficients"), coef(m)); put(paste0(name, "_errors"), s$coefficients[, 2])
  put(paste0(name, "_deviance"), c(deviance(m), m$null.deviance, sum(residuals(m, "pearson")^2) / df.residual(m)))
  at <- function(b) { eta <- cbind(1, X[t == 1, ]) %*% b; if (name == "poisson") sum(exposure[t == 1] * exp(eta)) / sum(exposure[t == 1]) else mean(exp(eta)) }
  put(paste0(name, "_treated"), c(at(coef(fits[[name]](t == 1))), at(coef(fits[[name]](t == 0)))))
}

# Survival: made times with ties and censoring; curves without and with weights (robust error), restricted means, stratified log-rank.
time <- floor(d$re78 / 1500) + 1 + d$educ %% 4; event <- as.integer(d$age %% 4 != 0)
for (arm in 0:1) {
  s <- summary(survfit(Surv(time, event) ~ 1, subset = t == arm))
  put(sprintf("km_%d_survival", arm), s$surv); put(sprintf("km_%d_error", arm), s$std.err)
  put(sprintf("km_%d_hazard", arm), s$cumhaz)
  v <- summary(survfit(Surv(time, event) ~ 1, weights = w, subset = t == arm, robust = TRUE))
  put(sprintf("km_%d_weighted", arm), v$surv); put(sprintf("km_%d_weighted_error", arm), v$std.err)
  r <- summary(survfit(Surv(time, event) ~ 1, subset = t == arm), rmean = 8)$table
  put(sprintf("rmst_%d", arm), r[c("rmean", "se(rmean)")])
}
k <- survdiff(Surv(time, event) ~ t + strata(d$nodegree))
put("logrank", c(k$chisq, sum(k$obs[2, ]), sum(k$exp[2, ]), k$var[2, 2]))

# Kernel matching: each treated person beside the kernel's mean of the comparison persons, on the linear score.
score <- glm(t ~ X, binomial, control = tight)$linear.predictors
u <- outer(score[t == 1], score[t == 0], function(a, b) abs(a - b) / .25)
kernels <- list(uniform = function(u) (u <= 1) * 1, epanechnikov = function(u) pmax(1 - u^2, 0), gaussian = function(u) exp(-u^2 / 2) * (u <= 8))
for (name in names(kernels)) {
  K <- kernels[[name]](u); kept <- rowSums(K) > 0; S <- K[kept, , drop = FALSE] / rowSums(K)[kept]
  put(paste0("kernel_", name), c(mean(d$re78[t == 1][kept]) - mean(S %*% d$re78[t == 0]), sum(kept), sum(colSums(S) > 0), sum(colSums(S))^2 / sum(colSums(S)^2)))
}

# Overlap of the scores: histograms of 20 bins, preference scores.
e <- plogis(score); bins <- function(a) table(cut(e[t == a], seq(0, 1, .05), right = FALSE, include.lowest = TRUE)) / sum(t == a)
f <- plogis(qlogis(e) - qlogis(mean(t)))
put("overlap", c(sum(pmin(bins(1), bins(0))), mean(f >= .3 & f <= .7),
  mean(e[t == 1] < min(e[t == 0]) | e[t == 1] > max(e[t == 0])), mean(e[t == 0] < min(e[t == 1]) | e[t == 0] > max(e[t == 1]))))

# The kernel density overlap of each covariate without binning: the densities' smaller one, integrated on a very fine grid.
ovl <- function(x, w) {
  small <- if (sum(t) <= length(t) / 2) x[t == 1] else x[t == 0]
  iqr <- diff(quantile(small, c(.25, .75))) / 1.34; h <- 1.06 * (if (iqr > 0) min(sd(small), iqr) else sd(small)) * length(small)^-.2
  g <- seq(min(x) - 6 * h, max(x) + 6 * h, length.out = 20001)
  dens <- function(a) { r <- numeric(length(g)); q <- w[t == a] / sum(w[t == a]); v <- x[t == a]; for (k in seq_along(v)) r <- r + q[k] * dnorm(g, v[k], h); r }
  1 - sum(pmin(dens(1), dens(0))) * (g[2] - g[1])
}
put("kernel_overlap", c(ovl(d$age, rep(1, nrow(d))), ovl(d$educ, rep(1, nrow(d))), ovl(d$re74, rep(1, nrow(d))), ovl(d$age, w), ovl(d$re75, w)))

# Intervals from 999 replicates that are a formula, by boot; acceleration from nine influence values. Printed: they stand in a test.
b <- 1:999; reps <- sin(b) + cos(.37 * b)^3; L <- (-4:4)^3 + 5
o <- structure(list(t0 = .2, t = matrix(reps), R = 999, data = 1:9, sim = "ordinary", stype = "i", call = quote(boot(data, statistic, R = 999))), class = "boot")
for (level in c(.8, .95)) {
  ci <- boot.ci(o, conf = level, type = c("basic", "perc", "bca"), L = L)
  cat(level, sprintf("%.15g", c(ci$basic[4:5], ci$percent[4:5], ci$bca[4:5])), "\n")
}
cat("acceleration", sprintf("%.15g", sum(L^3) / (6 * sum(L^2)^1.5)), "\n")
write.csv(out, file.path(folder, "packages_flat.csv"), row.names = FALSE, quote = FALSE)
