# 500 refitted bootstrap replicates of IPW for the treated, glm.fit on both cores: the replicates' standard deviation.
# Usage: Rscript bootstrap.R PERSONS REPETITIONS
a <- commandArgs(TRUE); source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "yardstick.R"))
d <- persons(a[1]); X <- cbind(1, as.matrix(d[1:10])); n <- nrow(d)
one <- function(b) {
  i <- sample.int(n, n, TRUE); t <- d$treat[i]; y <- d$y[i]
  e <- glm.fit(X[i, ], t, family = binomial())$fitted.values
  sum(t * y) / sum(t) - sum((1 - t) * e / (1 - e) * y) / sum((1 - t) * e / (1 - e))
}
RNGkind("L'Ecuyer-CMRG"); set.seed(1)
measured(as.integer(a[2]), function() unlist(parallel::mclapply(1:500, one, mc.cores = 2)), sd)
