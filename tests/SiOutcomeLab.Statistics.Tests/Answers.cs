namespace SiOutcomeLab.Statistics.Tests;

/// <summary>Takes an answer apart, and fails the test when it is of the other kind.</summary>
internal static class Answers
{
    public static T Value<T>(this Estimable<T> answer)
    {
        var refusal = answer as NotEstimable<T>;
        Assert.True(refusal is null, $"Not estimable: {refusal?.Reason}, {refusal?.Detail}");
        return ((Estimated<T>)answer).Value;
    }

    public static NotEstimable<T> Refusal<T>(this Estimable<T> answer) => Assert.IsType<NotEstimable<T>>(answer);
}
