namespace SiOutcomeLab.Statistics.Numerics;

/// <summary>
/// Nodes and weights of the Gauss–Legendre rule on [−1, 1], by Newton's method on the Legendre polynomial (Davis and Rabinowitz 1984,
/// Methods of Numerical Integration, §2.7).
/// </summary>
internal static class GaussLegendre
{
    public const int Points = 16;

    public static readonly (double Node, double Weight)[] Rule = [.. Enumerable.Range(1, Points).Select(Point)];

    private static (double Node, double Weight) Point(int number)
    {
        var x = -Math.Cos(Math.PI * (number - 0.25) / (Points + 0.5));
        var slope = 0.0;
        for (var round = 0; round < 10; round++)
        {
            double last = 1, value = x;
            for (var k = 2; k <= Points; k++) (last, value) = (value, (((2 * k) - 1) * x * value - ((k - 1) * last)) / k);
            slope = Points * ((x * value) - last) / ((x * x) - 1);
            x -= value / slope;
        }

        return (x, 2 / ((1 - (x * x)) * slope * slope));
    }
}
