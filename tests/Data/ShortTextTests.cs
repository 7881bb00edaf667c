using Qhana.Registry.Data;

namespace Qhana.Registry.Tests.Data;

public sealed class ShortTextTests
{
    [Theory]
    [InlineData("", 3, "")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc…")]
    // A pair is kept or left out as a whole.
    [InlineData("ab😀", 4, "ab😀")]
    [InlineData("ab😀c", 4, "ab😀…")]
    [InlineData("ab😀c", 3, "ab…")]
    public void Of_CutsBetweenCharacters(string text, int length, string expected) => Assert.Equal(expected, ShortText.Of(text, length));
}
