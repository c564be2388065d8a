using SiOutcomeLab.Cli.Words;

namespace SiOutcomeLab.Cli.Failures;

/// <summary>Prints a failure: what, where, what to do.</summary>
internal static class FailureText
{
    public static void Write(TextWriter error, Failure failure, Language language)
    {
        error.WriteLine($"silab: {language.Pick(failure.What)}");
        foreach (var point in failure.Points) error.WriteLine($"  {language.Pick(point)}");
        foreach (var detail in failure.Details) error.WriteLine($"  {detail}");
        error.WriteLine($"  → {language.Pick(failure.Remedy)}");
    }
}
