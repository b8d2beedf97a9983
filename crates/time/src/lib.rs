//! TIMEX3 recognition and resolution, and the dating of a dispatch.
