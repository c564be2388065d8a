namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>How the variance of true effects between estimates, τ², is estimated.</summary>
public enum HeterogeneityMethod
{
    /// <summary>Not at all: one true effect, τ² = 0.</summary>
    FixedEffect = 1,

    /// <summary>DerSimonian and Laird (1986): moments with inverse-variance weights. Biased downwards when τ² is large.</summary>
    DerSimonianLaird = 2,

    /// <summary>Paule and Mandel (1982): the τ² at which the generalised Q equals its expectation k − p.</summary>
    PauleMandel = 3,

    /// <summary>Restricted maximum likelihood; the lab's default.</summary>
    RestrictedMaximumLikelihood = 4,

    /// <summary>Maximum likelihood. Biased downwards when k is small.</summary>
    MaximumLikelihood = 5,

    /// <summary>Morris (1983), empirical Bayes: the same τ² as <see cref="PauleMandel"/>, with its own standard error.</summary>
    EmpiricalBayes = 6,

    /// <summary>Hunter and Schmidt (1990): no correction for estimated coefficients. Biased downwards.</summary>
    HunterSchmidt = 7,

    /// <summary>Sidik and Jonkman (2005): one step from the crude variance of estimates; never 0.</summary>
    SidikJonkman = 8,

    /// <summary>Hedges and Olkin (1985): moments with equal weights.</summary>
    Hedges = 9
}
