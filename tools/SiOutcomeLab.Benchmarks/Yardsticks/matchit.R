# Debian's MatchIt 4.5.1: nearest neighbour 1:1. Its distances below 1 become 0 (an integer abs in its C++, mended in 4.5.3 and 4.5.4), so
# its pairs are not the nearest: time only. Usage: Rscript matchit.R PERSONS REPETITIONS [SCORES]; without scores glm and summary count too.
a <- commandArgs(TRUE); source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "yardstick.R"))
version <- needs("MatchIt"); suppressMessages(library(MatchIt))
d <- persons(a[1]); scores <- if (length(a) > 2) doubles(a[3])
match_once <- function() {
  if (!is.null(scores)) return(matchit(ps, d, distance = scores))
  m <- matchit(ps, d); summary(m); m
}
effect <- function(m) { w <- m$weights; t <- d$treat == 1; weighted.mean(d$y[t], w[t]) - weighted.mean(d$y[!t], w[!t]) }
measured(as.integer(a[2]), match_once, effect, version)
