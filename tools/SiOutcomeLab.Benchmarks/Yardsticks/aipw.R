# AIPW for the treated in base R: estimate and influence-function error. Usage: Rscript aipw.R PERSONS REPETITIONS
a <- commandArgs(TRUE); source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "yardstick.R"))
d <- persons(a[1])
aipw <- function() {
  t <- d$treat; e <- fitted(glm(ps, binomial, d))
  r <- d$y - predict(lm(update(ps, y ~ .), d[t == 0, ]), d)
  i <- (t * r - (1 - t) * e / (1 - e) * r) / mean(t)
  att <- mean(i)
  c(att, sqrt(sum((i - t / mean(t) * att)^2)) / length(t))
}
measured(as.integer(a[2]), aipw)
