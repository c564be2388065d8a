namespace SiOutcomeLab.Statistics.Matching;

/// <summary>How the weight of a control falls with its distance u, counted in bandwidths.</summary>
public enum MatchingKernel
{
    /// <summary>1 for u ≤ 1: radius matching.</summary>
    Uniform = 0,

    /// <summary>1 − u² for u &lt; 1.</summary>
    Epanechnikov = 1,

    /// <summary>exp(−u²/2); beyond 8 bandwidths, where it is under 10⁻¹³, it counts as 0.</summary>
    Gaussian = 2
}
