namespace SiOutcomeLab.Statistics;

/// <summary>
/// An answer that the data may refuse to give: either <see cref="Estimated{T}"/> or <see cref="NotEstimable{T}"/>.
/// "Not estimable" is a finding about the data, so it is a value and never an exception.
/// </summary>
/// <typeparam name="T">What is estimated.</typeparam>
public abstract record Estimable<T>
{
    private protected Estimable()
    {
    }

    /// <summary>Reads the answer, whichever case it is.</summary>
    /// <param name="estimated">Called with the value when there is one.</param>
    /// <param name="notEstimable">Called with the reason and its detail otherwise.</param>
    /// <typeparam name="TResult">What both branches return.</typeparam>
    /// <returns>What the chosen branch returned.</returns>
    public TResult Match<TResult>(Func<T, TResult> estimated, Func<NotEstimableReason, string, TResult> notEstimable)
    {
        ArgumentNullException.ThrowIfNull(estimated);
        ArgumentNullException.ThrowIfNull(notEstimable);
        return this switch
        {
            Estimated<T> some => estimated(some.Value),
            NotEstimable<T> none => notEstimable(none.Reason, none.Detail),
            _ => throw new InvalidOperationException("An Estimable is Estimated or NotEstimable; no other case can be made.")
        };
    }

    /// <summary>Goes on with the value to a next step that may itself be not estimable; a refusal passes through unchanged.</summary>
    /// <param name="next">The next step.</param>
    /// <typeparam name="TNext">What the next step estimates.</typeparam>
    /// <returns>The next step's answer, or this refusal.</returns>
    public Estimable<TNext> Then<TNext>(Func<T, Estimable<TNext>> next) =>
        Match(next, static (reason, detail) => new NotEstimable<TNext>(reason, detail));

    /// <summary>Turns the value into another by a step that cannot fail; a refusal passes through unchanged.</summary>
    /// <param name="map">The step.</param>
    /// <typeparam name="TNext">What it returns.</typeparam>
    /// <returns>The mapped value, or this refusal.</returns>
    public Estimable<TNext> Map<TNext>(Func<T, TNext> map) => Then<TNext>(value => new Estimated<TNext>(map(value)));
}

/// <summary>The estimated case of <see cref="Estimable{T}"/>.</summary>
/// <param name="Value">What was estimated.</param>
/// <typeparam name="T">What is estimated.</typeparam>
public sealed record Estimated<T>(T Value) : Estimable<T>;

/// <summary>The refused case of <see cref="Estimable{T}"/>.</summary>
/// <param name="Reason">Why, from a fixed list; its remedy is documented on <see cref="NotEstimableReason"/>.</param>
/// <param name="Detail">What was seen: columns and counts, never a row's values.</param>
/// <typeparam name="T">What is estimated.</typeparam>
public sealed record NotEstimable<T>(NotEstimableReason Reason, string Detail) : Estimable<T>;

/// <summary>Makers of <see cref="Estimable{T}"/> that infer the type.</summary>
public static class Estimable
{
    /// <summary>An estimated value.</summary>
    /// <param name="value">What was estimated.</param>
    /// <typeparam name="T">Its type.</typeparam>
    /// <returns>The estimated case.</returns>
    public static Estimable<T> Of<T>(T value) => new Estimated<T>(value);

    /// <summary>A refusal.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="detail">What was seen: columns and counts, never a row's values.</param>
    /// <typeparam name="T">What would have been estimated.</typeparam>
    /// <returns>The refused case.</returns>
    public static Estimable<T> Not<T>(NotEstimableReason reason, string detail) => new NotEstimable<T>(reason, detail);
}
