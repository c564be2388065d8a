# Draws the data that the anchors were measured on: persons of several sizes, a panel, estimates to pool.
# Usage: Rscript draw.R FOLDER. Files hold little-endian doubles, column after column.
a <- commandArgs(TRUE); out <- a[1]
gen <- function(n, seed = 20240701) { set.seed(seed); X <- matrix(rnorm(n*6), n); colnames(X) <- paste0("x", 1:6); d <- as.data.frame(X)
  d$x7 <- rbinom(n, 1, .5); d$x8 <- rbinom(n, 1, .2); d$x9 <- rexp(n); d$x10 <- sample(0:2, n, TRUE)
  lp <- -1.92 + .4*d$x1 - .3*d$x2 + .25*d$x3 + .2*d$x4 - .15*d$x5 + .1*d$x6 + .5*d$x7 - .4*d$x8 + .2*d$x9 + .1*d$x10
  d$treat <- rbinom(n, 1, plogis(lp))
  d$y <- 2 + d$x1 + .5*d$x2 - .5*d$x3 + .3*d$x7 + .4*d$x9 + d$treat*(1 + .3*d$x1) + rnorm(n, sd = 2); d }
put <- function(x, name) { f <- file(file.path(out, name), "wb")
  writeBin(as.double(unlist(x, use.names = FALSE)), f, endian = "little"); close(f) }
for (n in c(5e3, 1e4, 5e4, 2e5, 1e6)) put(gen(n), sprintf("persons-%d.bin", as.integer(n)))
# The panel: 50 000 units x 10 periods, four cohorts (0 for never), one covariate.
n <- 50000; set.seed(5); T <- 10; g <- sample(c(0,4,6,8), n, TRUE, c(.4,.2,.2,.2)); x <- rnorm(n)
p <- data.frame(id = rep(1:n, each = T), t = rep(1:T, n)); p$g <- g[p$id]; p$x <- x[p$id]
p$y <- rnorm(n)[p$id] + .1*p$t + .1*p$t*p$x + (p$g > 0 & p$t >= p$g)*1 + rnorm(nrow(p))
put(list(g, x, p$y), "panel.bin")
set.seed(1); k <- 1000; vi <- runif(k, .01, .2); yi <- rnorm(k, .2, sqrt(vi + .05)); put(list(yi, vi), "pool.bin")
cat(sprintf('{"version":"%s","seconds":[0],"values":[]}\n', R.version.string))
