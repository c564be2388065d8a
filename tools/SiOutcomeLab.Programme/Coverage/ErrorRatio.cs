namespace SiOutcomeLab.Programme.Coverage;

/// <summary>
/// The mean squared error of shrunken estimates over that of the raw ones, on the same municipalities; its 99 % interval by drawing
/// countries with replacement.
/// </summary>
internal sealed record ErrorRatio(double Ratio, double Low, double High, int Countries)
{
    private const int Draws = 5000;

    /// <param name="countries">Each country's summed squared errors.</param>
    /// <param name="seed">The seed of the drawing.</param>
    public static ErrorRatio? Of(IEnumerable<(double Shrunken, double Raw)> countries, int seed)
    {
        var told = countries.Where(c => c.Raw > 0).ToArray();
        if (told.Length < 2) return null;
        var random = new Random(seed);
        var ratios = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            double shrunken = 0, raw = 0;
            for (var i = 0; i < told.Length; i++)
            {
                var drawn = told[random.Next(told.Length)];
                shrunken += drawn.Shrunken;
                raw += drawn.Raw;
            }

            ratios[draw] = shrunken / raw;
        }

        Array.Sort(ratios);
        return new ErrorRatio(
            told.Sum(c => c.Shrunken) / told.Sum(c => c.Raw), ratios[(int)(0.005 * Draws)], ratios[(int)(0.995 * Draws)], told.Length);
    }
}
