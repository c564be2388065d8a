using System.Globalization;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Judges the ten-digit numbers of a column together. Innocent ten-digit numbers pass as identity numbers with probability 0.0073
/// (dates 365.25 of 10 000, doubled by the day plus 60, times one control digit of ten), so the column is refused when as many distinct
/// valid ones would come by chance with probability below 1e-6. Two valid ones in a column of two therefore pass, three of three do not.
/// </summary>
internal sealed class BareNumberTally
{
    private const double ChanceOfValid = 0.0073;
    private const double SmallestChance = 1e-6;

    // Enough to judge by; a column with more distinct numbers is judged by its first ones.
    private const int MostDistinct = 65_536;
    private readonly HashSet<ulong> _seen = [];
    private int _valid;

    /// <summary>Counts a number, once however often it comes.</summary>
    /// <param name="ten">Six digits of date, then four characters; an interim letter may stand first among them.</param>
    public void Add(ReadOnlySpan<byte> ten)
    {
        if (_seen.Count >= MostDistinct) return;
        var key = 0UL;
        foreach (var b in ten) key = (key * 67) + b;
        if (_seen.Add(key) && IdentityNumbers.IsValid(ten, null)) _valid++;
    }

    /// <summary>How many distinct valid numbers were counted.</summary>
    public int Valid => _valid;

    /// <summary>Whether so many valid numbers cannot be chance.</summary>
    public bool Refuses => UpperTail(_seen.Count, _valid, ChanceOfValid) < SmallestChance;

    /// <summary>P(X ≥ k) for X binomial(n, p), summed term by term.</summary>
    internal static double UpperTail(int n, int k, double p)
    {
        if (k <= n * p) return 1;
        var logTerm = (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p));
        for (var i = 1; i <= k; i++) logTerm += Math.Log((double)(n - k + i) / i);
        var term = Math.Exp(logTerm);
        var tail = 0.0;
        for (var i = k; i <= n && term > 0; i++)
        {
            tail += term;
            term *= (double)(n - i) / (i + 1) * (p / (1 - p));
        }

        return tail;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_valid} of {_seen.Count}");
}
