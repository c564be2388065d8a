namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>How uncertain a pooled effect is taken to be.</summary>
public enum PoolingTest
{
    /// <summary>Wald: variance (X'WX)⁻¹ as if τ² were known, normal quantiles. Too narrow when k is small.</summary>
    Normal = 1,

    /// <summary>
    /// Hartung and Knapp (2001), Sidik and Jonkman (2002): variance times s² = Σ w r² / (k − p), t quantiles with k − p degrees of freedom.
    /// The lab's default.
    /// </summary>
    HartungKnapp = 2,

    /// <summary>As <see cref="HartungKnapp"/> with max(1, s²), so that it is never narrower than the weights allow.</summary>
    HartungKnappAdHoc = 3
}
