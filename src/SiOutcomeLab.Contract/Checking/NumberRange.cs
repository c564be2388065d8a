using System.Numerics;

namespace SiOutcomeLab.Contract;

/// <summary>Says of many numbers at once whether all keep their limits, which is the rule; who does not is asked row by row.</summary>
internal static class NumberRange
{
    /// <summary>Whether all values lie within limits, and are whole where they must be. NaN never does.</summary>
    public static bool Holds<T>(ReadOnlySpan<T> values, double minimum, double maximum, bool whole)
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(double) || typeof(T) == typeof(float)) return HoldsReal(values, minimum, maximum, whole);
        // Limits between two whole numbers bind at the inner one; limits beyond the type bind nobody.
        var (least, most) = (T.CreateSaturating(Math.Ceiling(minimum)), T.CreateSaturating(Math.Floor(maximum)));
        var (low, high) = (new Vector<T>(least), new Vector<T>(most));
        var good = Vector<T>.AllBitsSet;
        var at = 0;
        for (; at <= values.Length - Vector<T>.Count; at += Vector<T>.Count)
        {
            var value = new Vector<T>(values[at..]);
            good &= Vector.GreaterThanOrEqual(value, low) & Vector.LessThanOrEqual(value, high);
        }

        if (!Vector.EqualsAll(good, Vector<T>.AllBitsSet)) return false;
        for (; at < values.Length; at++)
        {
            var value = double.CreateTruncating(values[at]);
            if (!(value >= minimum && value <= maximum)) return false;
        }

        return true;
    }

    private static bool HoldsReal<T>(ReadOnlySpan<T> values, double minimum, double maximum, bool whole)
        where T : unmanaged, INumberBase<T>
    {
        foreach (var one in values)
        {
            var value = double.CreateTruncating(one);
            if (!(value >= minimum && value <= maximum) || (whole && Math.Floor(value) != value)) return false;
        }

        return true;
    }
}
