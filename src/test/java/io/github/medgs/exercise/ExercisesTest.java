package io.github.medgs.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each exercise's check tells what is done from what is not. */
class ExercisesTest {

    private static final int CHAPTERS = 6;

    @Test
    void everyChapterHasOne() {
        assertEquals(CHAPTERS, Checks.OF_CHAPTER.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void passesWhenItIsSolved(int chapter) {
        Checks.OF_CHAPTER.get(chapter - 1).accept(new Solved());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void failsBeforeItIsSolved(int chapter) {
        assertThrows(AssertionError.class, () -> Checks.OF_CHAPTER.get(chapter - 1).accept(new Unsolved()));
    }
}
