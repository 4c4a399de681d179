package io.github.medgs.volume.dicom;

/** Tags of the elements that are read or written (PS3.6), group and element in one number. */
final class Tag {

    static final int MEDIA_CLASS = 0x00020002;
    static final int MEDIA_INSTANCE = 0x00020003;
    static final int TRANSFER_SYNTAX = 0x00020010;
    static final int REFERENCED_FILE = 0x00041500;
    static final int DIRECTORY_RECORDS = 0x00041220;

    static final int CHARACTER_SET = 0x00080005;
    static final int IMAGE_TYPE = 0x00080008;
    static final int SOP_CLASS = 0x00080016;
    static final int SOP_INSTANCE = 0x00080018;
    static final int STUDY_DATE = 0x00080020;
    static final int STUDY_TIME = 0x00080030;
    static final int ACCESSION_NUMBER = 0x00080050;
    static final int ACQUISITION_DATE = 0x00080022;
    static final int ACQUISITION_TIME = 0x00080032;
    static final int CONTENT_DATE = 0x00080023;
    static final int CONTENT_TIME = 0x00080033;
    static final int MANUFACTURER = 0x00080070;
    static final int MODEL_NAME = 0x00081090;
    static final int MODALITY = 0x00080060;
    static final int REFERRING_PHYSICIAN = 0x00080090;
    static final int CODE_VALUE = 0x00080100;
    static final int CODING_SCHEME = 0x00080102;
    static final int CODE_MEANING = 0x00080104;
    static final int SERIES_DESCRIPTION = 0x0008103E;
    static final int REFERENCED_SERIES = 0x00081115;
    static final int REFERENCED_INSTANCES = 0x0008114A;
    static final int REFERENCED_IMAGES = 0x00081140;
    static final int REFERENCED_CLASS = 0x00081150;
    static final int REFERENCED_INSTANCE = 0x00081155;
    static final int REFERENCED_FRAME = 0x00081160;
    static final int SOURCE_IMAGES = 0x00082112;
    static final int DERIVATION_CODE = 0x00089215;
    static final int DERIVATION_IMAGES = 0x00089124;

    static final int PATIENT_NAME = 0x00100010;
    static final int PATIENT_ID = 0x00100020;
    static final int PATIENT_BIRTH_DATE = 0x00100030;
    static final int PATIENT_SEX = 0x00100040;

    static final int SLICE_THICKNESS = 0x00180050;
    static final int ECHO_TIME = 0x00180081;
    static final int ECHO_NUMBER = 0x00180086;
    static final int SPACING_BETWEEN_SLICES = 0x00180088;
    static final int SERIAL_NUMBER = 0x00181000;
    static final int SOFTWARE_VERSIONS = 0x00181020;
    static final int TRIGGER_TIME = 0x00181060;
    static final int FRAME_TIME = 0x00181063;
    static final int FRAME_TIME_VECTOR = 0x00181065;
    static final int IMAGER_PIXEL_SPACING = 0x00181164;
    static final int NOMINAL_PIXEL_SPACING = 0x00182010;
    static final int ULTRASOUND_REGIONS = 0x00186011;
    static final int REGION_UNITS_X = 0x00186024;
    static final int REGION_UNITS_Y = 0x00186026;
    static final int REGION_DELTA_X = 0x0018602C;
    static final int REGION_DELTA_Y = 0x0018602E;
    static final int EFFECTIVE_ECHO_TIME = 0x00189082;
    static final int B_VALUE = 0x00189087;
    static final int ECHO = 0x00189114;
    static final int DIFFUSION = 0x00189117;

    /** Siemens, private: how many pictures a mosaic holds. */
    static final int MOSAIC_COUNT = 0x0019100A;

    static final int STUDY = 0x0020000D;
    static final int SERIES = 0x0020000E;
    static final int STUDY_ID = 0x00200010;
    static final int SERIES_NUMBER = 0x00200011;
    static final int ACQUISITION_NUMBER = 0x00200012;
    static final int INSTANCE_NUMBER = 0x00200013;
    static final int POSITION = 0x00200032;
    static final int ORIENTATION = 0x00200037;
    static final int FRAME_OF_REFERENCE = 0x00200052;
    static final int POSITION_REFERENCE = 0x00201040;
    static final int TEMPORAL_POSITION = 0x00200100;
    static final int SLICE_LOCATION = 0x00201041;
    static final int PLANE_POSITIONS = 0x00209113;
    static final int PLANE_ORIENTATIONS = 0x00209116;
    static final int FRAME_CONTENT = 0x00209111;
    static final int DIMENSION_VALUES = 0x00209157;
    static final int DIMENSION_IDENTIFIER = 0x00209164;
    static final int DIMENSION_POINTER = 0x00209165;
    static final int DIMENSION_GROUP = 0x00209167;
    static final int DIMENSION_ORGANISATION = 0x00209221;
    static final int DIMENSIONS = 0x00209222;
    static final int TEMPORAL_INDEX = 0x00209128;
    static final int VOLUME_POSITIONS = 0x0020930E;
    static final int VOLUME_POSITION = 0x00209301;
    static final int VOLUME_ORIENTATIONS = 0x0020930F;
    static final int VOLUME_ORIENTATION = 0x00209302;

    static final int SAMPLES_PER_PIXEL = 0x00280002;
    static final int PHOTOMETRIC = 0x00280004;
    static final int FRAMES = 0x00280008;
    static final int FRAME_INCREMENT = 0x00280009;
    static final int ROWS = 0x00280010;
    static final int COLUMNS = 0x00280011;
    static final int PIXEL_SPACING = 0x00280030;
    static final int BITS_ALLOCATED = 0x00280100;
    static final int BITS_STORED = 0x00280101;
    static final int HIGH_BIT = 0x00280102;
    static final int PIXEL_REPRESENTATION = 0x00280103;
    static final int INTERCEPT = 0x00281052;
    static final int SLOPE = 0x00281053;
    static final int LOSSY = 0x00282110;
    static final int MODALITY_LUT = 0x00283000;
    static final int PIXEL_MEASURES = 0x00289110;
    static final int VALUE_TRANSFORMATION = 0x00289145;

    /** Siemens, private: the image header with the mosaic's count and normal. */
    static final int SIEMENS_HEADER = 0x00291010;

    static final int PURPOSE = 0x0040A170;
    static final int DETECTORS = 0x00540022;
    static final int SLICE_VECTOR = 0x00540080;

    static final int SEGMENTATION_TYPE = 0x00620001;
    static final int SEGMENTS = 0x00620002;
    static final int SEGMENT_NUMBER = 0x00620004;
    static final int SEGMENT_LABEL = 0x00620005;
    static final int SEGMENT_IDENTIFICATION = 0x0062000A;
    static final int SEGMENT_CATEGORY = 0x00620003;
    static final int SEGMENT_ALGORITHM_TYPE = 0x00620008;
    static final int SEGMENT_ALGORITHM_NAME = 0x00620009;
    static final int SEGMENT_TYPE = 0x0062000F;
    static final int TRACKING_IDENTIFIER = 0x00620020;
    static final int TRACKING_UID = 0x00620021;
    static final int SEGMENTS_OVERLAP = 0x00620013;
    static final int CONTENT_LABEL = 0x00700080;
    static final int CONTENT_DESCRIPTION = 0x00700081;
    static final int CONTENT_CREATOR = 0x00700084;
    static final int REFERENCED_SEGMENT = 0x0062000B;
    static final int SEGMENT_COLOUR = 0x0062000D;
    static final int LARGEST_FRACTION = 0x0062000E;

    /** United Imaging, private: whose block it is, a mosaic's tile ("64*64"), how many there are, and a place for each. */
    static final int UNITED_CREATOR = 0x00650010;
    static final int UNITED_TILE = 0x00651004;
    static final int UNITED_COUNT = 0x00651050;
    static final int UNITED_SLICES = 0x00651051;

    static final int GRID_OFFSETS = 0x3004000C;
    static final int DOSE_SCALING = 0x3004000E;

    static final int STRUCTURES = 0x30060020;
    static final int STRUCTURE_NUMBER = 0x30060022;
    static final int STRUCTURE_NAME = 0x30060026;
    static final int STRUCTURE_COLOUR = 0x3006002A;
    static final int STRUCTURE_CONTOURS = 0x30060039;
    static final int CONTOURS = 0x30060040;
    static final int CONTOUR_TYPE = 0x30060042;
    static final int CONTOUR_POINTS = 0x30060050;
    static final int REFERENCED_STRUCTURE = 0x30060084;

    static final int SHARED_GROUPS = 0x52009229;
    static final int FRAME_GROUPS = 0x52009230;

    static final int OFFSET_TABLE = 0x7FE00001;
    static final int FLOAT_PIXELS = 0x7FE00008;
    static final int DOUBLE_PIXELS = 0x7FE00009;
    static final int PIXELS = 0x7FE00010;

    static final int ITEM = 0xFFFEE000;
    static final int ITEM_END = 0xFFFEE00D;
    static final int SEQUENCE_END = 0xFFFEE0DD;

    private Tag() {}

    /** Whether an element is a sequence even where its form is not written or unknown: those that are looked into. */
    static boolean isKnownSequence(int tag) {
        return switch (tag) {
            case DIRECTORY_RECORDS, REFERENCED_SERIES, REFERENCED_INSTANCES, REFERENCED_IMAGES, SOURCE_IMAGES,
                    DERIVATION_IMAGES, ULTRASOUND_REGIONS, ECHO, DIFFUSION, PLANE_POSITIONS, PLANE_ORIENTATIONS,
                    FRAME_CONTENT, VOLUME_POSITIONS, VOLUME_ORIENTATIONS, MODALITY_LUT, PIXEL_MEASURES, VALUE_TRANSFORMATION, DETECTORS,
                    SEGMENTS, SEGMENT_IDENTIFICATION, STRUCTURES, STRUCTURE_CONTOURS, CONTOURS, SHARED_GROUPS,
                    FRAME_GROUPS -> true;
            default -> false;
        };
    }

    /** "(0028,0010)". */
    static String name(int tag) {
        return String.format("(%04x,%04x)", tag >>> 16, tag & 0xFFFF);
    }
}
