namespace SiOutcomeLab.Reference.Tests;

/// <summary>Comparison with a reference number at a stated relative tolerance.</summary>
internal static class Close
{
    // R wrote 12 digits, and both sides solve the same equations to rounding.
    public const double ClosedForm = 1e-10;

    // glm's own stopping rule leaves the last digits open even at epsilon = 1e-14; numerical Jacobians in R are good to some 1e-9.
    public const double Fitted = 1e-8;

    public static void To(double expected, double actual, double relative, string what = "")
    {
        var allowed = relative * Math.Max(Math.Abs(expected), 1e-300);
        Assert.True(Math.Abs(expected - actual) <= allowed, $"{what}: expected {expected:R}, got {actual:R}.");
    }
}
