# R's glm: coefficients, intercept first. Usage: Rscript glm.R PERSONS REPETITIONS [SCORES], where SCORES gets the fitted probabilities.
a <- commandArgs(TRUE); source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "yardstick.R"))
d <- persons(a[1])
m <- measured(as.integer(a[2]), function() glm(ps, binomial, d), function(m) unname(coef(m)))
if (length(a) > 2) { f <- file(a[3], "wb"); writeBin(unname(fitted(m)), f, endian = "little"); close(f) }
