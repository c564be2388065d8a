# What the R yardsticks share: reading the persons, timing, answering in one line of JSON. Exit code 77: a package is not installed.
needs <- function(package) {
  if (!requireNamespace(package, quietly = TRUE)) quit(status = 77)
  paste0(packageVersion(package), ", ")
}
doubles <- function(path) readBin(path, "double", file.size(path) / 8, endian = "little")
# Columns: covariates, treatment, outcome.
persons <- function(path, covariates = 10) {
  d <- as.data.frame(matrix(doubles(path), ncol = covariates + 2)); names(d) <- c(paste0("x", seq_len(covariates)), "treat", "y"); d
}
ps <- treat ~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10
# Runs once to warm up when more than one run is asked for, then as often as asked, collecting garbage before each, as the other side does.
measured <- function(repetitions, work, value = identity, version = "") {
  if (repetitions > 1) work()
  s <- replicate(repetitions, { gc(FALSE); system.time(last <<- work())[["elapsed"]] })
  list_of <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
  blas <- basename(extSoftVersion()[["BLAS"]])
  cat(sprintf('{"version":"%sR %s, %s","seconds":%s,"values":%s}\n', version, getRversion(), blas, list_of(s), list_of(value(last))))
  invisible(last)
}
