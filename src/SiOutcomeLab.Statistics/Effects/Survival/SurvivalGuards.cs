namespace SiOutcomeLab.Statistics.Effects.Survival;

/// <summary>What the survival methods check of their arguments.</summary>
internal static class SurvivalGuards
{
    public static void Times(ReadOnlySpan<double> time, ReadOnlySpan<bool> happened)
    {
        RowGuards.SameLength(time.Length, happened.Length, nameof(happened));
        RowGuards.Finite(time, nameof(time));
        for (var i = 0; i < time.Length; i++)
        {
            if (time[i] < 0) throw new ArgumentException($"'{nameof(time)}' is negative in row {i}.", nameof(time));
        }
    }

    public static void Weights(ReadOnlySpan<double> weights)
    {
        RowGuards.Finite(weights, nameof(weights));
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 0) throw new ArgumentException($"'{nameof(weights)}' is negative in row {i}.", nameof(weights));
        }
    }
}
