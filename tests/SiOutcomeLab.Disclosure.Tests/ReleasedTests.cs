using System.Reflection;
using SiOutcomeLab.Disclosure.Rules;

namespace SiOutcomeLab.Disclosure.Tests;

public sealed class ReleasedTests
{
    [Fact]
    public void Constructors_OfReleasedAndPolicies_AreOutOfReachOutside()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
        var guarded = typeof(DisclosurePolicy).Assembly.GetTypes()
            .Where(t => typeof(DisclosurePolicy).IsAssignableFrom(t))
            .Append(typeof(Released<>))
            .ToArray();

        Assert.Equal(4, guarded.Length);
        Assert.All(guarded, t => Assert.All(t.GetConstructors(All), c => Assert.True(c.IsAssembly || c.IsPrivate || c.IsFamilyAndAssembly, $"{t.Name} {c}")));
        Assert.All(guarded, t => Assert.True(t.IsSealed || t == typeof(DisclosurePolicy), t.Name));
        Assert.All(typeof(Released<>).GetProperties(All), p => Assert.False(p.CanWrite, p.Name));
    }

    [Fact]
    public void Makers_OfShownCells_AreOutOfReachOutside()
    {
        var makers = typeof(Cell).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.ReturnType == typeof(Cell));

        Assert.Empty(makers);
        Assert.Empty(typeof(Cell).GetConstructors());
        Assert.All(typeof(Cell).GetProperties(), p => Assert.False(p.CanWrite, p.Name));
    }
}
