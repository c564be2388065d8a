using System.Collections;
using System.Reflection;

namespace SiOutcomeLab.Domain.Tests.Plans;

/// <summary>Every value that differs from a record in exactly one property, however deep; a property nobody has thought of is found too.</summary>
internal static class Variations
{
    public static IEnumerable<(string Path, T Changed)> Of<T>(T record)
        where T : notnull =>
        Records(record, typeof(T)).Select(v => (v.Path, (T)v.Changed!));

    private static IEnumerable<(string Path, object? Changed)> Records(object record, Type type)
    {
        foreach (var property in record.GetType().GetProperties().Where(p => p.CanWrite))
        {
            foreach (var (path, changed) in Values(property.GetValue(record), property.PropertyType))
            {
                var copy = type.IsValueType ? record : record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
                property.SetValue(copy, changed);
                yield return ($"{property.Name}{path}", copy);
            }
        }
    }

    private static IEnumerable<(string Path, object? Changed)> Values(object? value, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            if (value is null) return [(string.Empty, Convert.ChangeType(7, underlying, null))];
            return Values(value, underlying).Append((" to null", null));
        }

        return value switch
        {
            null => type == typeof(string) ? [(string.Empty, "new")] : [(string.Empty, new List<string> { "new" })],
            string text => [(string.Empty, text + "x")],
            int number => [(string.Empty, number + 1)],
            long number => [(string.Empty, number + 1)],
            double number => [(string.Empty, Math.BitIncrement(number))],
            bool flag => [(string.Empty, !flag)],
            DateOnly day => [(string.Empty, day.AddDays(1))],
            Enum member => Enum.GetValues(type).Cast<object>().Where(m => !m.Equals(member)).Select(m => ($" to {m}", (object?)m)),
            IList list => Lists(list),
            // A period is one word on the wire, and its two parts belong together.
            Domain.Time.Period period => [(string.Empty, period.Plus(1))],
            _ when type.Namespace!.StartsWith("SiOutcomeLab.Domain", StringComparison.Ordinal) => Records(value, type).Concat(OtherKinds(value, type)),
            _ => throw new NotSupportedException($"Say here how a {type} is changed."),
        };
    }

    private static IEnumerable<(string Path, object? Changed)> Lists(IList list)
    {
        var element = list[0]!.GetType();
        yield return (" without its last", Typed(element, list.Cast<object>().SkipLast(1)));
        if (list.Count > 1) yield return (" the other way round", Typed(element, list.Cast<object>().Reverse()));
        for (var i = 0; i < list.Count; i++)
        {
            foreach (var (path, changed) in Values(list[i], element))
            {
                yield return ($"[{i}].{path}", Typed(element, list.Cast<object>().Select((x, j) => i == j ? changed! : x)));
            }
        }
    }

    // An abstract record's other kinds, those that can be made of nothing.
    private static IEnumerable<(string Path, object? Changed)> OtherKinds(object value, Type type) => !type.IsAbstract
        ? []
        : type.GetNestedTypes().Where(t => t != value.GetType() && t.GetConstructor(Type.EmptyTypes) is not null)
            .Select(t => ($" to {t.Name}", (object?)Activator.CreateInstance(t)));

    private static Array Typed(Type element, IEnumerable<object> values)
    {
        var items = values.ToArray();
        var array = Array.CreateInstance(element, items.Length);
        items.CopyTo(array, 0);
        return array;
    }
}
