# Times glm on a CSV with columns x1 … x10 and treat. Usage: Rscript glm.R file.csv repetitions. Prints one JSON object.
a <- commandArgs(TRUE)
d <- read.csv(a[1])
f <- treat ~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10
g <- glm(f, binomial, d)  # warm-up, as on the other side
s <- replicate(as.integer(a[2]), { gc(FALSE); system.time(g <<- glm(f, binomial, d))[["elapsed"]] })
v <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
cat(sprintf('{"version":"%s","blas":"%s","seconds":%s,"coefficients":%s}\n',
  R.version.string, basename(extSoftVersion()[["BLAS"]]), v(s), v(unname(coef(g)))))
