namespace SiOutcomeLab.Statistics.Effects.Survival;

/// <summary>What the survival methods check of their arguments.</summary>
internal static class SurvivalGuards
{
    public static void Times(ReadOnlySpan<double> time, ReadOnlySpan<bool> happened)
    {
        RowGuards.SameLength(time.Length, happened.Length, nameof(happened));
        RowGuards.Finite(time, nameof(time));
        RowGuards.NotNegative(time, nameof(time));
    }

    public static void Weights(ReadOnlySpan<double> weights)
    {
        RowGuards.Finite(weights, nameof(weights));
        RowGuards.NotNegative(weights, nameof(weights));
    }
}
